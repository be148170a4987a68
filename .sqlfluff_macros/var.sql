{#- dbt's variables; the linter's own stand-in is text, even where the pipeline has a mapping. -#}
{% macro var(name, default=none) %}
    {{- return({} if name.endswith('_limits') or name.endswith('_rules') else 1) -}}
{% endmacro %}

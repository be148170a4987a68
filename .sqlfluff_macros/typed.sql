{#- In place of the pipeline's own, which has DuckDB's `lambda x: …`: the linter cannot parse it. -#}
{% macro typed(columns) %}
        *
{%- endmacro %}

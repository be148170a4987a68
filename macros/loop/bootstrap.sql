{#- What the package does at the start of every run; the package's own on-run-start calls it. -#}
{% macro bootstrap() -%}
    {%- do goldloop.bootstrap_sources() -%}
    {%- do goldloop.record_lineage() -%}
    {{ return('') }}
{%- endmacro %}

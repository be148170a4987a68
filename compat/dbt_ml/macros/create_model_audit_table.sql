{#- Creates the audit table's schema and the table, where they are not. -#}
{% macro create_model_audit_table() -%}
    {%- if execute -%}
        {%- set audit_table = dbt_ml._audit_relation() -%}
        {%- do adapter.create_schema(audit_table) -%}
        {%- set columns = [] -%}
        {%- for name, type in dbt_ml._audit_table_columns().items() -%}
            {%- do columns.append(adapter.quote(name) ~ ' ' ~ adapter.duckdb_type(type)) -%}
        {%- endfor -%}
        create table if not exists {{ audit_table }} ({{ columns | join(', ') }})
    {%- endif -%}
{%- endmacro %}

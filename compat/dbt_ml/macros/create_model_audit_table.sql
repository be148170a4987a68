{#- Creates the audit table's schema and the table, where they are not. -#}
{% macro create_model_audit_table() -%}
    {%- if execute -%}
        {%- set audit_table = dbt_ml._audit_relation() -%}
        {%- do adapter.create_schema(audit_table) -%}
        {%- set columns = [] -%}
        {%- for name, type in dbt_ml._audit_table_columns().items() -%}
            {%- do columns.append(adapter.quote(name) ~ ' ' ~ type) -%}
        {%- endfor -%}
        {#- In a transaction of its own, one at a time: hooks of several models may create it. -#}
        {%- set text = 'create table if not exists ' ~ audit_table
            ~ ' (' ~ columns | join(', ') ~ ')' -%}
        select goldloop_run({{ dbt_ml._literal(text) }})
    {%- endif -%}
{%- endmacro %}

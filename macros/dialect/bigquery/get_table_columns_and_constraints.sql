{#- The DDL of a contract's columns and constraints. -#}
{% macro goldloop__get_table_columns_and_constraints() -%}
    {%- set parts = adapter.render_raw_columns_constraints(
        raw_columns=goldloop._columns_in_duckdb(model['columns'])
    ) + adapter.render_raw_model_constraints(raw_constraints=model['constraints']) -%}
    ({{ parts | join(', ') }})
{%- endmacro %}

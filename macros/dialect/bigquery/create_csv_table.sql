{#- A seed whose `column_types` are BigQuery's. -#}
{% macro goldloop__create_csv_table(model, agate_table) -%}
    {%- set types = {} -%}
    {%- for name, type in (model['config'].get('column_types') or {}).items() -%}
        {%- do types.update({
            name: type if goldloop._sql_dialect() == 'duckdb' else adapter.duckdb_type(type)
        }) -%}
    {%- endfor -%}
    {%- set config = dict(model['config'], column_types=types) -%}
    {{ return(dbt.default__create_csv_table(dict(model, config=config), agate_table)) }}
{%- endmacro %}

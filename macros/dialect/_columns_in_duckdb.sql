{#- The columns of a YAML file with their types as DuckDB's. -#}
{%- macro _columns_in_duckdb(columns) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(columns) }}
    {%- endif -%}
    {%- set typed = {} -%}
    {%- for name, column in columns.items() -%}
        {%- set known = {'data_type': adapter.duckdb_type(column.data_type)} if column.data_type else {} -%}
        {%- do typed.update({name: dict(column, **known)}) -%}
    {%- endfor -%}
    {{ return(typed) }}
{%- endmacro -%}

{#
    A post-hook of incremental Python models: drops the tables that dbt-duckdb
    has filled the model from, this build and earlier ones, and leaves lying in
    the schema `main`.

    Args:
        model: the model's relation.
#}
{% macro drop_temporary_tables(model) %}
    {%- if execute -%}
        {%- set temporary -%}
            select table_name
            from duckdb_tables()
            where
                database_name = '{{ model.database }}'
                and schema_name = 'main'
                and starts_with(table_name, '{{ model.identifier }}__dbt_tmp')
        {%- endset -%}
        {%- for (name,) in run_query(temporary).rows %}
            drop table "{{ model.database }}".main."{{ name }}";
        {% endfor -%}
    {%- endif -%}
{% endmacro %}

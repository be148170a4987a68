{#- Create one source's schema and empty table unless the table is there. -#}
{%- macro _create_source(node) -%}
    {%- set declared = [] -%}
    {%- for column in node.columns.values() -%}
        {%- if not column.get('data_type') -%}
            {{ exceptions.raise_compiler_error(
                "goldloop.bootstrap_sources: the column `" ~ column.name ~ "` of the source `"
                ~ node.source_name ~ "." ~ node.name ~ "` has no data_type (" ~ node.original_file_path
                ~ "). Declare one, as in `data_type: varchar`."
            ) }}
        {%- endif -%}
        {%- do declared.append(adapter.quote(column.name) ~ ' ' ~ column.data_type) -%}
    {%- endfor -%}
    {%- if not declared -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.bootstrap_sources: the source `" ~ node.source_name ~ "." ~ node.name
            ~ "` declares no columns (" ~ node.original_file_path
            ~ "). Declare each with its name and data_type."
        ) }}
    {%- endif -%}
    {%- if adapter.get_relation(node.database, node.schema, node.identifier) is none -%}
        {%- set relation = api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.identifier, type='table'
        ) -%}
        {%- do adapter.create_schema(relation) -%}
        {%- do run_query(
            'create table if not exists ' ~ relation ~ ' (' ~ declared | join(', ') ~ ')'
        ) -%}
        {#- dbt listed the relations before this hook: untold, the incremental model of the same
            name would take itself for new and fail to create the table. -#}
        {%- do adapter.cache_added(relation) -%}
    {%- endif -%}
{%- endmacro -%}

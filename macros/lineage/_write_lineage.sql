{#- Put `goldloop.lineage` in place, marked with the version of what is declared. -#}
{%- macro _write_lineage(rows, version) -%}
    {%- do run_query('create schema if not exists goldloop') -%}
    {%- do run_query(
        'create or replace table goldloop.lineage ('
        ~ 'relation_schema varchar not null, relation_name varchar not null, '
        ~ 'key_columns json not null, shows json not null, link_number bigint not null, '
        ~ 'target_schema varchar, target_name varchar, columns json, condition varchar)'
    ) -%}
    {%- if rows -%}
        {%- set tuples = [] -%}
        {%- for row in rows -%}
            {%- set values = [] -%}
            {%- for value in row -%}
                {%- do values.append(
                    'null' if value is none
                    else value if value is number
                    else dbt.string_literal(value | replace("'", "''"))
                ) -%}
            {%- endfor -%}
            {%- do tuples.append('(' ~ values | join(', ') ~ ')') -%}
        {%- endfor -%}
        {%- do run_query('insert into goldloop.lineage values ' ~ tuples | join(', ')) -%}
    {%- endif -%}
    {%- do run_query("comment on table goldloop.lineage is '" ~ version ~ "'") -%}
{%- endmacro -%}

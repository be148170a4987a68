{#- BigQuery's partition_by, {field: …, data_type: …}, says how a table is stored there. In a DuckDB
    file there is nothing to it; columns by name partition a table of DuckLake, as in dbt-duckdb. -#}
{% macro duckdb__get_partitioned_by(relation, temporary) -%}
    {%- set asked = config.get('partitioned_by') or config.get('partition_by') -%}
    {%- if temporary or not asked or asked is mapping or not adapter.is_ducklake(relation) -%}
        {{ return(none) }}
    {%- endif -%}
    {#- The final table is partitioned, not the one it is swapped with. -#}
    {%- if config.get('materialized') in ['table', 'incremental']
        and relation.identifier != this.identifier -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(normalize_string_or_list(asked, 'partition_by') | join(', ')) }}
{%- endmacro %}

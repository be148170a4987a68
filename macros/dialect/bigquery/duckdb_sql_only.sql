{#- Macros that write DuckDB's SQL, which a node of BigQuery's cannot hold. -#}
{%- macro _require_duckdb_sql(macro_name, instead) -%}
    {%- if goldloop._sql_dialect() != 'duckdb' -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ " writes DuckDB's SQL, but this node is read as BigQuery's."
            ~ " " ~ instead ~ " Or write the node in DuckDB's SQL, with the config"
            ~ " meta={'sql_dialect': 'duckdb'}."
        ) }}
    {%- endif -%}
{%- endmacro -%}

{% macro goldloop__predict(model, source, threshold=none, columns=none) -%}
    {%- do goldloop._require_duckdb_sql(
        'predict', 'Write ml.predict(model ' ~ model ~ ', …) in its place.'
    ) -%}
    {{ return(goldloop.duckdb__predict(model, source, threshold, columns)) }}
{%- endmacro %}

{% macro goldloop__infer(model, source, entity_key, threshold=none, inputs=none) -%}
    {%- do goldloop._require_duckdb_sql('infer', 'BigQuery ML has nothing of the kind.') -%}
    {{ return(goldloop.duckdb__infer(model, source, entity_key, threshold, inputs)) }}
{%- endmacro %}

{% macro goldloop__provenance(model, entity_key, alias='src', inputs=none) -%}
    {%- do goldloop._require_duckdb_sql('provenance', 'BigQuery ML has nothing of the kind.') -%}
    {{ return(goldloop.duckdb__provenance(model, entity_key, alias, inputs)) }}
{%- endmacro %}

{% macro goldloop__point_in_time_join(spine, features, key, spine_time, feature_time, columns) -%}
    {%- do goldloop._require_duckdb_sql(
        'point_in_time_join', 'Write ml.entity_features_at_time(…) in its place.'
    ) -%}
    {{ return(goldloop.duckdb__point_in_time_join(
        spine, features, key, spine_time, feature_time, columns
    )) }}
{%- endmacro %}

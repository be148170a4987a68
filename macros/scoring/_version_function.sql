{#-
    The name of one version's function, which is there whichever version serves: that of the model
    while nothing can be asked, or the model is not trained yet.
-#}
{%- macro _version_function(macro_name, model, version) -%}
    {%- if not (version is integer and version is not boolean and version >= 1) -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": `version` must be the number of a version, 1 or more, got "
            ~ version | tojson ~ "."
        ) }}
    {%- endif -%}
    {%- set versions = api.Relation.create(
        database=model.database, schema='goldloop', identifier='model_versions'
    ) -%}
    {%- if not execute or load_relation(model) is none or load_relation(versions) is none -%}
        {{ return(model) }}
    {%- endif -%}
    {%- set identifiers = {} -%}
    {%- for row in run_query(
        'select version, version_id from ' ~ versions
        ~ " where lower(model_schema) = lower('" ~ model.schema
        ~ "') and lower(model_name) = lower('" ~ model.identifier ~ "') order by version"
    ) -%}
        {%- do identifiers.update({row[0] | int: row[1]}) -%}
    {%- endfor -%}
    {%- if version not in identifiers -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": the model " ~ model.schema ~ "." ~ model.identifier
            ~ " has no version " ~ version ~ ". It has " ~ identifiers.keys() | join(', ') ~ "."
        ) }}
    {%- endif -%}
    {{ return(api.Relation.create(
        database=model.database, schema='goldloop', identifier='score_' ~ identifiers[version]
    )) }}
{%- endmacro -%}

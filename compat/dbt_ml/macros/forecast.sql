{% macro forecast(relation, horizon=30, confidence_level=0.8) -%}
    ml.forecast(
        model {{ dbt_ml._relation('forecast', relation) }},
        struct({{ horizon }} as horizon, {{ confidence_level }} as confidence_level)
    )
{%- endmacro %}

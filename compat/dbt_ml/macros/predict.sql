{% macro predict(relation, source, threshold=none) -%}
    ml.predict(
        model {{ dbt_ml._relation('predict', relation) }},
        (select * from {{ source }})
        {{- ', struct(' ~ threshold ~ ' as threshold)' if threshold is not none }}
    )
{%- endmacro %}

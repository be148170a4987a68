{% macro recommend(relation, source) -%}
    ml.recommend(
        model {{ dbt_ml._relation('recommend', relation) }}, (select * from {{ source }})
    )
{%- endmacro %}

{#- The evaluating table macro of the schema `registry`, over scored rows. -#}
{%- macro _evaluation_of(model, registry, rows, evaluated) -%}
    {%- set predicted = 'predicted_' ~ (evaluated.label or '') -%}
    {%- if evaluated.problem_type == 'regression' -%}
        with scored as (
            select
                {{ adapter.quote(evaluated.label) }} as label,
                {{ adapter.quote(predicted) }} as prediction
            from ({{ rows }}) as predicted
        )

        select * from {{ registry }}.evaluate_regressor('scored')
    {%- elif evaluated.problem_type == 'classification' -%}
        with scored as (
            select
                {{ adapter.quote(evaluated.label) }} as label,
                {{ adapter.quote(predicted) }} as predicted_label,
                {{ adapter.quote(predicted ~ '_probs') }} as probs
            from ({{ rows }}) as predicted
        )

        select * from {{ registry }}.evaluate_classifier('scored')
    {%- else -%}
        with scored as (
            select
                centroid_id,
                nearest_centroids_distance
            from ({{ rows }}) as predicted
        ),

        separations as (
            select
                (json ->> 'centroid_id')::bigint as centroid_id,
                (json ->> 'other_id')::bigint as other_id,
                value as distance
            from {{ registry }}.metrics
            where
                section = 'separations'
                and model_schema = '{{ model.schema }}'
                and model_name = '{{ model.identifier }}'
                and version = {{ goldloop._champion_version(model) }}
        )

        select * from {{ registry }}.evaluate_clustering('scored', 'separations')
    {%- endif -%}
{%- endmacro -%}

{{ config(meta={'ml_config': {'model_type': 'KMEANS', 'num_clusters': 2}}) }}

select loaves, flour from {{ ref('daily') }}

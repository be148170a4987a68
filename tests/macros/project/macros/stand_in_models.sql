{# What the materialization leaves beside a card: the model's function. #}
{% macro stand_in_regressor(price_per_hour) %}
    create or replace macro {{ this }}(_row) as {
        'predicted_price': _row."hours" * {{ price_per_hour }}e0::double
    }
{% endmacro %}

{% macro stand_in_classifier() %}
    create or replace macro {{ this }}
    (_row) as {
        'predicted_accepted': (_row."hours" <= 2)::int,
        'predicted_accepted_probs': [
            {'label': 1, 'prob': 1 / _row."hours"}, {'label': 0, 'prob': 1 - 1 / _row."hours"}
        ]
    },
    (_row, _threshold) as {
        'predicted_accepted': (1 / _row."hours" >= _threshold)::int,
        'predicted_accepted_probs': [
            {'label': 1, 'prob': 1 / _row."hours"}, {'label': 0, 'prob': 1 - 1 / _row."hours"}
        ]
    }
{% endmacro %}

{% macro stand_in_clusters() %}
    create or replace macro {{ this }}(_row) as {
        'CENTROID_ID': if(_row."hours" < 3, 1, 2)::bigint,
        'NEAREST_CENTROIDS_DISTANCE': [{
            'CENTROID_ID': if(_row."hours" < 3, 1, 2)::bigint,
            'DISTANCE': abs(_row."hours" - if(_row."hours" < 3, 1, 5))::double
        }]
    }
{% endmacro %}

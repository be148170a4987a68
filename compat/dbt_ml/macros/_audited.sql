{#- What is audited of a model type: for each nested column the columns of its ML function, none
    where the type has no such function. `evaluate` has room for a classifier's metrics only. -#}
{%- macro _audited(model_type) -%}
    {%- set kind = model_type | lower -%}
    {%- set rounds = ['training_run', 'iteration', 'loss', 'eval_loss', 'learning_rate', 'duration_ms'] -%}
    {%- if kind == 'kmeans' -%}
        {%- set rounds = ['training_run', 'iteration', 'loss', 'duration_ms', 'cluster_info'] -%}
    {%- elif kind.startswith('arima') -%}
        {%- set rounds = ['training_run', 'iteration', 'duration_ms'] -%}
    {%- endif -%}
    {%- set has_metrics = kind == 'logistic_reg' or kind.endswith('_classifier') -%}
    {%- set is_linear = kind in ('linear_reg', 'logistic_reg') -%}
    {{ return({
        'training_info': rounds,
        'feature_info': ['*'],
        'weights': ['*'] if is_linear else none,
        'evaluate': ['*'] if has_metrics else none,
    }) }}
{%- endmacro -%}

{#- The columns of ML.EVALUATE by problem type: goldloop.evaluation.evaluators in Python. -#}
{%- macro _metric_names(problem_type) -%}
    {{ return({
        'regression': [
            'mean_absolute_error', 'mean_squared_error', 'mean_squared_log_error',
            'median_absolute_error', 'r2_score', 'explained_variance',
        ],
        'classification': [
            'precision', 'recall', 'accuracy', 'f1_score', 'log_loss', 'roc_auc',
        ],
        'clustering': ['davies_bouldin_index', 'mean_squared_distance'],
    }[problem_type]) }}
{%- endmacro -%}

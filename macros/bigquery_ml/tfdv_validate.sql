{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro tfdv_validate(base_statistics, study_statistics, detection_type=none, categorical_default_threshold=none, categorical_metric_type=none, numerical_default_threshold=none, numerical_metric_type=none, thresholds=none) -%}
    {{ return(adapter.dispatch('tfdv_validate', 'goldloop')(base_statistics, study_statistics, detection_type, categorical_default_threshold, categorical_metric_type, numerical_default_threshold, numerical_metric_type, thresholds)) }}
{%- endmacro %}

{% macro default__tfdv_validate(base_statistics, study_statistics, detection_type=none, categorical_default_threshold=none, categorical_metric_type=none, numerical_default_threshold=none, numerical_metric_type=none, thresholds=none) -%}
    {%- set arguments = [
        goldloop._ml_literal(base_statistics),
        goldloop._ml_literal(study_statistics),
        goldloop._ml_literal(detection_type),
        goldloop._ml_literal(categorical_default_threshold),
        goldloop._ml_literal(categorical_metric_type),
        goldloop._ml_literal(numerical_default_threshold),
        goldloop._ml_literal(numerical_metric_type),
        goldloop._ml_literal(thresholds),
    ] -%}
    {{ goldloop._ml_value('tfdv_validate', 'ML.TFDV_VALIDATE', arguments, false) }}
{%- endmacro %}

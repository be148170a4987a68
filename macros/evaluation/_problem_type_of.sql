{#- regression, classification or clustering, told by a model type; none when it cannot be. -#}
{%- macro _problem_type_of(model_type) -%}
    {%- set name = (model_type or '') | string | lower -%}
    {%- if name == 'linear_reg' or name.endswith('_regressor') -%}
        {{ return('regression') }}
    {%- elif name == 'logistic_reg' or name.endswith('_classifier') -%}
        {{ return('classification') }}
    {%- elif name == 'kmeans' -%}
        {{ return('clustering') }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro -%}

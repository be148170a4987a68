{#- A setting of the model's file: top level of its config, or under `meta`. -#}
{% macro _model_setting(name, default) %}
    {%- set meta = config.get('meta', {}) or {} -%}
    {{ return(config.get(name, meta.get(name, default))) }}
{% endmacro %}

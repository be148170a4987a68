{#- A setting of the model's file: top level of its config, or under `meta`. -#}
{% macro _model_setting(name, default) %}
    {%- set settings = model.config -%}
    {%- set meta = settings.get('meta') or {} -%}
    {{ return(settings.get(name, meta.get(name, default))) }}
{% endmacro %}

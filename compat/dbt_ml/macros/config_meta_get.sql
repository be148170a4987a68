{#- A setting of the model's file: top level of its config, or under `meta`. -#}
{% macro config_meta_get(key, default=none) -%}
    {%- set settings = model.config if model is mapping else {} -%}
    {%- set meta = settings.get('meta') or {} -%}
    {%- set value = settings.get(key) -%}
    {{ return(value if value is not none else meta.get(key, default)) }}
{%- endmacro %}

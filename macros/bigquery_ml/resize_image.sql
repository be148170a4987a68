{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro resize_image(image, target_height, target_width, preserve_aspect_ratio) -%}
    {{ return(adapter.dispatch('resize_image', 'goldloop')(image, target_height, target_width, preserve_aspect_ratio)) }}
{%- endmacro %}

{% macro default__resize_image(image, target_height, target_width, preserve_aspect_ratio) -%}
    {%- set arguments = [
        image,
        goldloop._ml_literal(target_height),
        goldloop._ml_literal(target_width),
        goldloop._ml_literal(preserve_aspect_ratio),
    ] -%}
    {{ goldloop._ml_value('resize_image', 'ML.RESIZE_IMAGE', arguments, false) }}
{%- endmacro %}

{#- The version that serves, as a scalar subquery on the model's card. -#}
{%- macro _champion_version(model) -%}
    (select version from {{ model }} where status = 'champion')
{%- endmacro -%}

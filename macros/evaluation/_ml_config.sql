{#- The `ml_config` of the node that builds `model`, keys in lower case; {} for none. -#}
{%- macro _ml_config(model) -%}
    {%- set options = {} -%}
    {%- for node in graph.nodes.values() if node.get('relation_name') == model.render() -%}
        {%- set meta = node.config.get('meta') or {} -%}
        {%- set ml_config = node.config.get('ml_config') or meta.get('ml_config') or {} -%}
        {%- for key, value in ml_config.items() -%}
            {%- do options.update({key | lower: value}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(options) }}
{%- endmacro -%}

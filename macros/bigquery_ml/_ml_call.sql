{#- The call as BigQuery ML writes it: FUNCTION(MODEL m, TABLE t, argument, STRUCT(v AS p)). -#}
{%- macro _ml_call(macro_name, function, call) -%}
    {%- set parts = {'model': [], 'sources': [], 'arguments': [], 'parameters': []} -%}
    {%- if call.model is not none -%}
        {%- do goldloop._require_relation(macro_name, 'model', call.model) -%}
        {%- do parts.model.append('model ' ~ call.model) -%}
    {%- endif -%}
    {%- for source in call.sources if source is not none -%}
        {%- do parts.sources.append(
            goldloop._rows(macro_name, source) if source is string else 'table ' ~ source
        ) -%}
    {%- endfor -%}
    {%- for argument in call.arguments if argument is not none -%}
        {%- do parts.arguments.append(goldloop._ml_literal(argument)) -%}
    {%- endfor -%}
    {%- for name, value in call.parameters.items() if value | trim -%}
        {%- do parts.parameters.append(
            name ~ ' => ' ~ value if call.are_named else value ~ ' as ' ~ name
        ) -%}
    {%- endfor -%}
    {%- if parts.parameters and not call.are_named -%}
        {%- do parts.update({'parameters': ['struct(' ~ parts.parameters | join(', ') ~ ')']}) -%}
    {%- endif -%}
    {%- set given = [] -%}
    {%- for part in call.arrangement -%}
        {%- do given.extend(parts[part]) -%}
    {%- endfor -%}
    {{ return(function ~ '(' ~ given | join(', ') ~ ')') }}
{%- endmacro -%}

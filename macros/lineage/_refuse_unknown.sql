{#- Refuse a key of a declaration that is none of the known ones, with the known one most like it. -#}
{%- macro _refuse_unknown(said, given, known) -%}
    {%- for key in given if key not in known -%}
        {%- set nearest = namespace(name='', likeness=0.6) -%}
        {#- Dice's coefficient of the letters. -#}
        {%- for name in known -%}
            {%- set shared = name | select('in', key | string) | list | length -%}
            {%- set likeness = 2 * shared / (name | length + key | string | length) -%}
            {%- if likeness > nearest.likeness -%}
                {%- set nearest.name = name -%}
                {%- set nearest.likeness = likeness -%}
            {%- endif -%}
        {%- endfor -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.trace: " ~ said ~ " `" ~ key ~ "`; expected " ~ known[:-1] | join(', ') ~ " or "
            ~ known[-1] ~ "." ~ (" Did you mean `" ~ nearest.name ~ "`?" if nearest.name else "")
        ) }}
    {%- endfor -%}
{%- endmacro -%}

{#
    The day that words mean when they are said at a time; null where they mean
    none. A weekday means its first such day after that time, with or without
    "next", the last named of several that is not denied; a day of a month ("the
    21st", of a named month or not) the first such day from then on; a day that
    is past means none.

    Args:
        words: expression of the words.
        said_at: expression of the time.
#}
{% macro spoken_date(words, said_at) -%}
{%- set months = ['january', 'february', 'march', 'april', 'may', 'june', 'july',
    'august', 'september', 'october', 'november', 'december'] -%}
{%- set weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday',
    'saturday', 'sunday'] -%}
{%- set numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven',
    'eight', 'nine', 'ten'] -%}
{%- set said = 'lower(' ~ words ~ ')' -%}
{%- set today = said_at ~ '::date' -%}
{%- set month = "regexp_extract(" ~ said ~ ", '\\b(" ~ months | join('|') ~ ")\\b', 1)" -%}
{%- set month_day = "coalesce("
    ~ "nullif(regexp_extract(" ~ said ~ ", '\\b(\\d{1,2})(st|nd|rd|th)?( of)? (" ~ months | join('|') ~ ")\\b', 1), ''), "
    ~ "nullif(regexp_extract(" ~ said ~ ", '\\b(" ~ months | join('|') ~ ") (\\d{1,2})(st|nd|rd|th)?\\b', 2), ''))" -%}
{%- set in_words = "'\\bin (a|\\d{1,2}|" ~ numbers | join('|') ~ ") (day|week)s?\\b'" -%}
{%- set in_count = "regexp_extract(" ~ said ~ ", " ~ in_words ~ ", 1)" -%}
{%- set a_weekday = weekdays | join('|') -%}
{%- set weekday = "regexp_extract(regexp_replace(" ~ said ~ ", '\\b(not|except|any day but|can(no|\\W?)t) "
    ~ "((do|come|make it) )?((on|this|next) )?(" ~ a_weekday ~ ")\\b', '', 'g'), '.*\\b(" ~ a_weekday ~ ")\\b', 1)" -%}
{%- set ordinal = "nullif(regexp_extract(" ~ said ~ ", '\\bthe (\\d{1,2})(st|nd|rd|th)\\b', 1), '')" -%}
{%- set of_this_month = "try_strptime(strftime(" ~ today ~ ", '%Y-%m-') || " ~ ordinal ~ ", '%Y-%m-%d')::date" -%}
{%- set of_next_month = "try_strptime(strftime(" ~ today ~ " + to_months(1), '%Y-%m-') || " ~ ordinal ~ ", '%Y-%m-%d')::date" -%}
{%- set named = "try_strptime(year(" ~ today ~ ") || '-' || " ~ month ~ " || '-' || " ~ month_day ~ ", '%Y-%B-%d')::date" -%}
    list_extract(
        list_filter(
            [
                coalesce(
                    try_cast(nullif(regexp_extract({{ said }}, '\d{4}-\d{2}-\d{2}'), '') as date),
                    try_strptime(
                        nullif(
                            replace(
                                regexp_extract({{ said }}, '\b\d{1,2}[./]\d{1,2}[./]\d{4}\b'), '.', '/'
                            ),
                            ''
                        ),
                        '%d/%m/%Y'
                    )::date,
                    case
                        when contains({{ said }}, 'day after tomorrow') then {{ today }} + 2
                        when contains({{ said }}, 'tomorrow') then {{ today }} + 1
                        when contains({{ said }}, 'today') then {{ today }}
                    end,
                    {{ today }} + (
                        case {{ in_count }}
                            when 'a' then 1
                            {%- for number in numbers %}
                            when '{{ number }}' then {{ loop.index }}
                            {%- endfor %}
                            else try_cast({{ in_count }} as integer)
                        end
                        * if(regexp_extract({{ said }}, {{ in_words }}, 2) = 'week', 7, 1)
                    )::integer,
                    ({{ named }} + to_years(if({{ named }} < {{ today }}, 1, 0)))::date,
                    if({{ of_this_month }} >= {{ today }}, {{ of_this_month }}, {{ of_next_month }}),
                    case {{ weekday }}
                        {%- for each in weekdays %}
                        when '{{ each }}'
                            then {{ today }}
                                + (({{ loop.index }} - isodow({{ today }}) + 6) % 7 + 1)::integer
                        {%- endfor %}
                    end
                )
            ],
            lambda day: day >= {{ today }}
        ),
        1
    )
{%- endmacro %}

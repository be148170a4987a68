{% test single_champion(model) -%}
    {{ return(adapter.dispatch('test_single_champion', 'goldloop')(model)) }}
{%- endtest %}

{% macro default__test_single_champion(model) -%}
    select champions
    from (
        select count(case when status = 'champion' then 1 end) as champions
        from {{ model }}
    ) as card
    where champions <> 1
{%- endmacro %}

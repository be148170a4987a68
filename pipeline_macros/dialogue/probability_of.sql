{#
    How probable it is that a message has one of some intents.

    Args:
        labels: the intents, as SQL writes a list of them.
#}
{% macro probability_of(labels) -%}
    list_sum(list_transform(
        intents.predicted_intent_probs,
        lambda each: if(each.label in {{ labels }}, each.prob, 0)
    ))
{%- endmacro %}

{#
    How probable some labels are together.

    Args:
        probabilities: expression of a list of label and prob.
        labels: the labels, as SQL writes a list of them.
#}
{% macro probability_of(probabilities, labels) -%}
    list_sum(list_transform(
        {{ probabilities }},
        lambda each: if(each.label in {{ labels }}, each.prob, 0)
    ))
{%- endmacro %}

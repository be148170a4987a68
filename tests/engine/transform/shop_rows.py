"""A shop's rows to train on, and rows to score that training never saw."""

ROWS = """
    select i as id, i * 1.5 as age, if(i % 7 = 0, null, (i * 37) % 11) as price,
        ['red', 'green', 'blue', null][1 + (i * 13) % 4] as colour,
        string_split('a b c ' || (i % 5), ' ')[1:1 + i % 4] as words,
        {'x': i % 5, 'y': (i * 3) % 8} as spot,
        3.0 * i + (i * 29) % 17 as y, (i * 29) % 17 > 8 as sold
    from range(1, 301) as r(i)
"""
FRESH = """
    select * from (values
        (1, 4.0, 5, 'red', ['a', 'b'], {'x': 1, 'y': 2}),
        (2, null, null, null, null, {'x': null, 'y': 4}),
        (3, 1e12, -7, 'black', ['z', 'z'], {'x': 9, 'y': 0}),
        (4, -3.25, 100, '', [], null)
    ) as t(id, age, price, colour, words, spot)
"""

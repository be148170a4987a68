{{ goldloop.evaluate(ref('price')) }}

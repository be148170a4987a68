{{ goldloop.evaluate(ref('price'), ref('jobs')) }}

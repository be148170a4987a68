{{ goldloop.predict(ref('price'), ref('jobs')) }}

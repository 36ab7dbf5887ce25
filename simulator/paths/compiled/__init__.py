"""The compiled engine, the extra `fast`: the same prices and outcomes as numpy's, to the last bit.

Only + - x / square roots, floor and bit operations in numpy's order; nothing is reassociated or fused. Where
a loop is written out over `i`, each is short and over few arrays, so that it compiles to vector instructions.

choice -> which engine
walk, program -> the prices and the timelines, flattened into arrays
compiled: words -> normals -> prices, columns -> account, for a block of paths; outcomes -> blocks on threads
"""

"""Student's t from pairs of uniform numbers, with + - x /, square roots and floors alone.

Source: Bailey (1994), "Polar generation of random variates with the t-distribution", Math. Comp. 62.
"""

import numpy as np

from simulator.returns.draws import Floats, exponential, logarithm, polynomial

PI = 3.141592653589793
SINE = tuple(
    sign / factorial
    for sign, factorial in zip(
        (-1.0, 1.0) * 6,
        (
            25852016738884976640000, 51090942171709440000, 121645100408832000, 355687428096000,
            1307674368000, 6227020800, 39916800, 362880, 5040, 120, 6, 1,
        ),
        strict=True,
    )
)  # fmt: skip
"""Taylor's series of sin(x) / x in x^2, the highest power first; to 1e-17 up to a quarter turn."""


def half_turn_cosine(v: Floats) -> Floats:
    """cos(pi v) for v between 0 and 1. [any shape]"""
    x = (0.5 - v) * PI
    result = polynomial(SINE, x * x)
    result *= x
    return result


def student_t(u: Floats, v: Floats, nu: float) -> Floats:
    """Student's t with nu degrees of freedom, scaled to variance 1. [any shape]

    Bailey's T = sqrt(nu (u^(-2/nu) - 1)) cos(2 pi v), times sqrt((nu - 2) / nu). A half turn stands for the
    whole: cos(pi v) and cos(2 pi v) have one distribution.

    Args:
        u: Uniform numbers strictly between 0 and 1.
        v: Others, independent of them.
        nu: Degrees of freedom, above 2.
    """
    power = logarithm(u)
    power *= -2.0 / nu
    square = exponential(power)
    square -= 1.0
    square *= nu - 2.0
    radius = np.sqrt(square, out=square)
    radius *= half_turn_cosine(v)
    return radius

"""Counter-based random numbers, compiled: see ``kit.numerics.random_numbers``."""

import math

import numpy as np

from kit.numerics.compiled import compiled


@compiled
def uniform(seed, purpose, merchant, day):
    """Return a uniform number between 0 and 1, both excluded: splitmix64 of the four counters.

    >>> uniform(116, 0, 7, 31) == uniform(116, 0, 7, 31) != uniform(116, 1, 7, 31)
    True
    """
    z = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(merchant)
    z = _mix(z) ^ (np.uint64(purpose) * np.uint64(0xD1B54A32D192ED03) + np.uint64(day))
    return (float(_mix(z) >> np.uint64(11)) + 0.5) * 2.0**-53


@compiled
def _mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def normal(u):
    """Return the standard normal quantile at ``u``, by the short form of Wichura's AS 241 (error below 1e-6).

    >>> round(normal(0.975), 6), normal(0.5)
    (1.959964, 0.0)
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0
        return q * above / below
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    if r <= 5:
        r -= 1.6
        above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        below = (0.12021132975 * r + 0.73700164250) * r + 1.0
    else:
        r -= 5
        above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        below = (0.012258202635 * r + 0.24197894225) * r + 1.0
    return above / below if q > 0 else -above / below


@compiled
def poisson(mean, u):
    """Return the Poisson quantile of ``mean`` at ``u``: exact below 16, the Cornish-Fisher expansion above.

    >>> [poisson(2.0, u) for u in (0.1, 0.5, 0.99)], poisson(0.0, 0.5)
    ([0.0, 2.0, 6.0], 0.0)
    """
    if u <= 1.0 - mean:
        return 0.0  # below exp(-mean), and cheaper
    if mean < 16.0:
        count, term = 0.0, math.exp(-mean)
        total = term
        while u > total and count < 200.0:
            count += 1.0
            term *= mean / count
            total += term
        return count
    z = normal(u)
    # Rounding to a whole number adds a variance of a twelfth.
    root = math.sqrt(mean - 1.0 / 12.0)
    count = mean + root * z + (z * z - 1.0) / 6.0 + (z - z**3) / (72.0 * root)
    return max(math.floor(count + 0.5), 0.0)


@compiled
def write_uniforms(seed, purpose, merchants, day, out):
    """Write a uniform number for each merchant (ids as an int64 array)."""
    for n in range(merchants.size):
        out[n] = uniform(seed, purpose, merchants[n], day)


@compiled
def write_normals(seed, purpose, merchants, day, out):
    """Write a standard normal number for each merchant."""
    for n in range(merchants.size):
        out[n] = normal(uniform(seed, purpose, merchants[n], day))


@compiled
def write_poissons(seed, purpose, merchants, day, means, out):
    """Write a Poisson number for each merchant, by its mean."""
    for n in range(means.size):
        out[n] = poisson(means[n], uniform(seed, purpose, merchants[n], day))

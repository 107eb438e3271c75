"""Exponential and logarithm without branches or calls, so that a loop over an array computes several at once.

A call of the C library's functions computes one number at a time, and its last digit depends on the library. These have
an error below one unit in the last place, and the same digits on every processor.
"""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from kit.numerics.compiled import inner

# log 2 in two parts, of which the first has trailing zeros: a small multiple of it is exact (Cody and Waite 1980).
_LOG2_HIGH, _LOG2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD  # the square root of a half
_ONE_BITS = 1023  # the exponent of 1.0
# Added to a number, it leaves the nearest whole number in the last bits; vector instructions lack conversions.
_WHOLE, _WHOLE_BITS = 6755399441055744.0, 0x4338000000000000


@intrinsic
def _bits(typing, number):
    return types.int64(types.float64), lambda _, builder, __, args: builder.bitcast(args[0], ir.IntType(64))


@intrinsic
def _from_bits(typing, bits):
    return types.float64(types.int64), lambda _, builder, __, args: builder.bitcast(args[0], ir.DoubleType())


@inner
def exp(x):
    """Return e^x for x from -700 to 700; outside, that of the nearer end.

    x = k log 2 + r, and e^r by its Taylor series to r^13, with |r| below 0.35.
    """
    x = min(max(x, -700.0), 700.0)
    whole = x * 1.4426950408889634 + _WHOLE
    k = whole - _WHOLE
    r = (x - k * _LOG2_HIGH) - k * _LOG2_LOW
    q = 1 / 6227020800.0
    q = q * r + 1 / 479001600.0
    q = q * r + 1 / 39916800.0
    q = q * r + 1 / 3628800.0
    q = q * r + 1 / 362880.0
    q = q * r + 1 / 40320.0
    q = q * r + 1 / 5040.0
    q = q * r + 1 / 720.0
    q = q * r + 1 / 120.0
    q = q * r + 1 / 24.0
    q = q * r + 1 / 6.0
    q = q * r + 0.5
    return (q * r * r + r + 1.0) * _from_bits((_bits(whole) + _ONE_BITS) << 52)


@inner
def log(x):
    """Return the natural logarithm of a normal number above zero.

    x = 2^k m with m between the roots of 1/2 and 2; log m = 2 artanh(s) with s = (m - 1)/(m + 1), by its Taylor series
    to s^21, of which the first terms are summed as in fdlibm (Sun 1993) to keep the last digit.
    """
    bits = _bits(x)
    k = (bits - _ROOT_HALF_BITS) >> 52
    f = _from_bits(bits - (k << 52)) - 1.0
    k = _from_bits(_WHOLE_BITS + k) - _WHOLE
    s = f / (2.0 + f)
    z = s * s
    q = 2 / 21.0
    q = q * z + 2 / 19.0
    q = q * z + 2 / 17.0
    q = q * z + 2 / 15.0
    q = q * z + 2 / 13.0
    q = q * z + 2 / 11.0
    q = q * z + 2 / 9.0
    q = q * z + 2 / 7.0
    q = q * z + 2 / 5.0
    q = q * z + 2 / 3.0
    half = 0.5 * f * f
    return k * _LOG2_HIGH - ((half - (s * (half + q * z) + k * _LOG2_LOW)) - f)

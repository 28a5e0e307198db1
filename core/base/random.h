#pragma once

#include <cstdint>

namespace digitpad {

/// The random numbers of everything outside LibTorch: SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014). The same seed gives the same sequence with every compiler and
/// standard library, which std::uniform_real_distribution and std::shuffle do not promise.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15u;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    /// In [0, 1), 53 random bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// In [low, high).
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// In [0, bound); bound ≥ 1. The bias of the multiplication is below bound / 2^64.
    std::uint64_t below(std::uint64_t bound)
    {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }
    bool chance(double probability) { return uniform() < probability; }
    /// Mean 0, standard deviation 1, by the sum of twelve uniform numbers (so within ±6).
    double normal()
    {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i) {
            sum += uniform();
        }
        return sum;
    }

private:
    std::uint64_t m_state;
};

} // namespace digitpad

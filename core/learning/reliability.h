#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace digitpad {

/// How far confidence means what it says: readings sorted into fifteen bins of equal width by their
/// confidence (Guo et al., "On Calibration of Modern Neural Networks", 2017).
class Reliability
{
public:
    struct Bin
    {
        std::int64_t images = 0;
        std::int64_t correct = 0;
        double confidenceSum = 0;

        /// Both 0 of an empty bin.
        [[nodiscard]] double accuracy() const;
        [[nodiscard]] double meanConfidence() const;
    };
    static constexpr std::size_t binCount = 15;

    /// `confidence` from 0 to 1. A bin takes its lower edge, the last one 1 as well.
    void add(double confidence, bool correct);
    [[nodiscard]] const std::array<Bin, binCount>& bins() const { return m_bins; }
    /// Expected calibration error, 0 to 1: the mean distance of accuracy and confidence, each bin weighted by
    /// its images; 0 of none.
    [[nodiscard]] double expectedCalibrationError() const;

private:
    std::array<Bin, binCount> m_bins{};
    std::int64_t m_images = 0;
};

} // namespace digitpad

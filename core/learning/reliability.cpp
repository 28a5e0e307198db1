#include "core/learning/reliability.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

double Reliability::Bin::accuracy() const
{
    return images > 0 ? static_cast<double>(correct) / static_cast<double>(images) : 0;
}

double Reliability::Bin::meanConfidence() const
{
    return images > 0 ? confidenceSum / static_cast<double>(images) : 0;
}

void Reliability::add(double confidence, bool correct)
{
    const double place = std::floor(confidence * static_cast<double>(binCount));
    Bin& bin = m_bins[std::min(binCount - 1, static_cast<std::size_t>(place))];
    ++bin.images;
    bin.correct += correct ? 1 : 0;
    bin.confidenceSum += confidence;
    ++m_images;
}

double Reliability::expectedCalibrationError() const
{
    double sum = 0;
    for (const Bin& bin : m_bins) {
        sum += std::abs(bin.confidenceSum - static_cast<double>(bin.correct));
    }
    return m_images > 0 ? sum / static_cast<double>(m_images) : 0;
}

} // namespace digitpad

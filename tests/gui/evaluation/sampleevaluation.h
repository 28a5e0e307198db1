#pragma once

#include "core/base/random.h"
#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"
#include "core/report/evaluationdata.h"

#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>

/// Evaluations as a network would give them, without one.
namespace digitpad::test {

/// `digits` digits, then `others` images that are none.
inline std::shared_ptr<const DigitSet> sampleSet(std::size_t digits, std::size_t others)
{
    auto set = std::make_shared<DigitSet>(syntheticDigits(digits, 4, {}));
    const DigitSet none = syntheticNoDigits(others, 4, {});
    for (std::size_t i = 0; i < none.size(); ++i) {
        set->add(none.digitImage(i), noDigitLabel);
    }
    return set;
}

/// How a network that does not exist reads.
struct SampleReader
{
    double errors = 0.05;     ///< Part of the digits.
    double temperature = 0.8; ///< It is so much too modest.
    bool scores = true;       ///< Has a logit for "no digit".
    std::uint64_t seed = 1;
};

inline Logits sampleLogits(const DigitSet& set, const SampleReader& reader)
{
    Random random(reader.seed);
    Logits logits;
    logits.outputs = reader.scores ? digitClasses + 1 : digitClasses;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const bool digit = set.labels[i] != noDigitLabel;
        const bool wrong = random.chance(reader.errors);
        const std::size_t truth = digit ? set.labels[i] : random.below(digitClasses);
        const std::size_t guess = wrong ? (truth + 1 + random.below(digitClasses - 1)) % digitClasses : truth;
        const double margin = std::max(0.2, wrong ? 3 + 2 * random.normal() : 9 + 3.5 * random.normal());
        const std::size_t first = logits.values.size();
        logits.values.resize(first + logits.outputs, 0);
        logits.values[first + guess] = static_cast<float>(margin);
        if (reader.scores) {
            const double none = digit ? margin - 5 + 2 * random.normal() : margin + 2 + 2.5 * random.normal();
            logits.values[first + digitClasses] = static_cast<float>(none);
        }
    }
    return logits;
}

inline std::shared_ptr<EvaluationData> sampleEvaluation(std::shared_ptr<const DigitSet> set,
                                                        const QString& name, const SampleReader& reader = {})
{
    auto data = std::make_shared<EvaluationData>();
    data->model = name;
    data->data = QStringLiteral("synthetic digits");
    data->info.network = "cnn";
    data->info.parameters = 240'306;
    data->info.temperature = reader.temperature;
    data->info.hasNoDigitClass = reader.scores;
    if (reader.scores) {
        data->info.digitScoring.emplace();
        data->info.digitScoring->threshold = 0.62;
    }
    const Logits logits = sampleLogits(*set, reader);
    data->readings = readingsOf(logits, *set, data->info);
    data->figures = evaluationFigures(logits, *set, data->info, data->readings, 0.5);
    data->set = std::move(set);
    data->made = QDateTime({2026, 11, 26}, {14, 15}, QTimeZone::utc());
    data->program = QStringLiteral("DigitPad 1");
    return data;
}

/// Falling to either side, as they do.
inline std::vector<RobustnessCurve> sampleCurves()
{
    std::vector<RobustnessCurve> curves;
    for (const Distortion distortion : distortions()) {
        const auto& levels = distortionLevels(distortion);
        const double neutral = distortion == Distortion::Scale ? 1 : 0;
        RobustnessCurve curve{distortion, {}};
        for (const double level : levels) {
            const double far = (level - neutral) / (levels.back() - neutral);
            const std::int64_t right = std::lround(980 * std::exp(-1.6 * far * far));
            curve.points.push_back(
                {level, 1000, static_cast<double>(right) / 1000, wilsonInterval(right, 1000)});
        }
        curves.push_back(std::move(curve));
    }
    return curves;
}

} // namespace digitpad::test

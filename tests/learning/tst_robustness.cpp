#include "core/data/syntheticdigits.h"
#include "core/learning/robustness.h"

#include <QtTest>

using namespace digitpad;

namespace {

/// Knows the images of a set by heart, and says "no" to all others (digit 9).
class MemorisingModel final : public Model
{
public:
    explicit MemorisingModel(DigitSet set)
        : m_set(std::move(set))
    {
    }
    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<Classifier>> makeClassifier() const override { return unavailable(); }
    Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return unavailable();
    }
    Result<Logits> logits(const DigitSet& set,
                          const std::function<bool(std::size_t)>& progress) const override
    {
        Logits logits;
        logits.values.assign(set.size() * digitClasses, 0);
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (!progress(i)) {
                return Error{ErrorCode::Cancelled, "stopped"};
            }
            std::size_t guess = 9;
            for (std::size_t k = 0; k < m_set.size(); ++k) {
                if (m_set.digitImage(k) == set.digitImage(i)) {
                    guess = m_set.labels[k];
                }
            }
            logits.values[i * digitClasses + guess] = 1;
        }
        return logits;
    }
    Result<Explanation> explain(const DigitImage&, int, int) const override { return unavailable(); }
    Result<void> save(const std::string&) const override { return unavailable(); }

private:
    static Error unavailable() { return {ErrorCode::Unavailable, "not here"}; }

    ModelInfo m_info;
    DigitSet m_set;
};

DigitImage block()
{
    DigitImage image;
    for (std::size_t y = 10; y < 18; ++y) {
        for (std::size_t x = 12; x < 16; ++x) {
            image.pixels[y * digitSide + x] = 255;
        }
    }
    return image;
}

int ink(const DigitImage& image)
{
    return std::accumulate(image.pixels.begin(), image.pixels.end(), 0);
}

} // namespace

class RobustnessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNeutralLevelChangesNothing()
    {
        const DigitImage image = syntheticDigits(1, 5, {}).digitImage(0);
        for (const Distortion distortion : distortions()) {
            const auto& levels = distortionLevels(distortion);
            QVERIFY(std::is_sorted(levels.begin(), levels.end()));
            const double neutral = distortion == Distortion::Scale ? 1 : 0;
            QVERIFY(std::find(levels.begin(), levels.end(), neutral) != levels.end());
            QVERIFY(distorted(image, distortion, neutral, 3) == image);
        }
    }

    void shiftsInFourDirections()
    {
        for (std::size_t index = 0; index < 4; ++index) {
            const DigitImage moved = distorted(block(), Distortion::Shift, 3, index);
            QCOMPARE(ink(moved), ink(block()));
            QVERIFY(moved != block());
        }
        QCOMPARE(int{distorted(block(), Distortion::Shift, 3, 0).at(18, 14)}, 255);
        QCOMPARE(int{distorted(block(), Distortion::Shift, 3, 1).at(14, 20)}, 255);
    }

    void turnsClockwise()
    {
        const DigitImage turned = distorted(block(), Distortion::Rotation, 90, 0);
        QCOMPARE(int{turned.at(10, 13)}, 255);
        QCOMPARE(int{turned.at(13, 10)}, 0);
        DigitImage corner;
        corner.pixels[2 * digitSide + 2] = 255;
        QCOMPARE(int{distorted(corner, Distortion::Rotation, 90, 0).at(25, 2)}, 255);
    }

    void resizesAndChangesThePen()
    {
        QVERIFY(ink(distorted(block(), Distortion::Scale, 1.3, 0)) > ink(block()));
        QVERIFY(ink(distorted(block(), Distortion::Scale, 0.7, 0)) < ink(block()));
        const DigitImage wide = distorted(block(), Distortion::PenWidth, 2, 0);
        QCOMPARE(int{wide.at(11, 14)}, 255);
        QCOMPARE(int{wide.at(10, 14)}, 0);
        const DigitImage narrow = distorted(block(), Distortion::PenWidth, -2, 0);
        QCOMPARE(int{narrow.at(12, 14)}, 0);
        QCOMPARE(int{narrow.at(13, 14)}, 255);
    }

    void noiseIsTheSameEveryTime()
    {
        const DigitImage one = distorted(block(), Distortion::Noise, 0.3, 1);
        QVERIFY(one == distorted(block(), Distortion::Noise, 0.3, 1));
        QVERIFY(one != distorted(block(), Distortion::Noise, 0.3, 2));
    }

    void measuresEveryLevelWithTheSameDigits()
    {
        DigitSet set = syntheticDigits(60, 5, {});
        set.add(block(), noDigitLabel);
        double last = -1;
        bool rising = true;
        const auto curves = measureRobustness(MemorisingModel(set), set, 20, [&](double part) {
            rising = rising && part >= last && part <= 1;
            last = part;
            return true;
        });
        QVERIFY(curves.ok());
        QVERIFY(rising);
        QCOMPARE(curves->size(), distortions().size());
        for (const RobustnessCurve& curve : *curves) {
            QCOMPARE(curve.points.size(), distortionLevels(curve.distortion).size());
            for (const RobustnessPoint& point : curve.points) {
                QCOMPARE(point.images, 20);
                const double neutral = curve.distortion == Distortion::Scale ? 1 : 0;
                QVERIFY(point.amount != neutral || point.accuracy == 1.0);
            }
            QVERIFY(curve.points.back().accuracy < 0.5);
        }
    }

    void canBeStopped()
    {
        const DigitSet set = syntheticDigits(10, 5, {});
        const auto curves = measureRobustness(MemorisingModel(set), set, 10, [](double) { return false; });
        QVERIFY(!curves.ok());
        QCOMPARE(curves.error().code, ErrorCode::Cancelled);
    }

    void nothingToMeasureWith()
    {
        DigitSet set;
        set.name = "letters";
        set.add(block(), noDigitLabel);
        const auto curves = measureRobustness(MemorisingModel(set), set, 10, {});
        QVERIFY(!curves.ok());
        QVERIFY(QString::fromStdString(curves.error().message).contains(QStringLiteral("letters")));
    }
};

QTEST_GUILESS_MAIN(RobustnessTest)
#include "tst_robustness.moc"

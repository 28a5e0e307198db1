#include "core/image/digitimage.h"
#include "core/torch/pixelscaling.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace digitpad;

class PixelScalingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Every byte, in every place of the vector instructions, is the formula's value rounded to a float.
    void formula_data()
    {
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("deviation");
        QTest::newRow("0.5") << 0.5 << 0.5;
        QTest::newRow("MNIST's") << 0.1306604762738429 << 0.30810780717887876;
        QTest::newRow("as it is") << 0.0 << 1.0;
        QTest::newRow("extreme") << 1.0 << 1e-3;
        for (int i = 1; i <= 40; ++i) {
            QTest::addRow("%d", i) << 0.0201 * i << 0.0123 * (41 - i);
        }
    }

    void formula()
    {
        QFETCH(const double, mean);
        QFETCH(const double, deviation);
        const PixelScaling scaling(mean, deviation);
        for (int shift = 0; shift < 256; shift += 51) {
            std::array<std::uint8_t, digitPixels> image{};
            for (std::size_t i = 0; i < image.size(); ++i) {
                image[i] = static_cast<std::uint8_t>(i + static_cast<std::size_t>(shift));
            }
            std::vector<float> values(digitPixels + 1, 77.0F);
            scaling.apply(image.data(), values.data());
            for (std::size_t i = 0; i < image.size(); ++i) {
                const double expected = (image[i] / 255.0 - mean) / deviation;
                // Where pixel and mean cancel out, what is left is the rounding of doubles.
                QVERIFY(values[i] == static_cast<float>(expected) ||
                        std::abs(static_cast<double>(values[i]) - expected) < 1e-13);
            }
            QCOMPARE(values.back(), 77.0F);
        }
    }
};

QTEST_GUILESS_MAIN(PixelScalingTest)
#include "tst_pixelscaling.moc"

#include "core/torch/flatparameters.h"
#include "core/torch/weightaverage.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace digitpad;

class WeightAverageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheFormula_data()
    {
        QTest::addColumn<double>("decay");
        QTest::newRow("short memory") << 0.3;
        QTest::newRow("long memory, never reached in so few steps") << 0.999;
    }
    void followsTheFormula()
    {
        QFETCH(double, decay);
        const torch::NoGradGuard noGrad;
        const auto network = makeNetwork("cnn", digitOutputs, 1);
        torch::Tensor flat = flattenParameters(*network);
        flat.fill_(1.0F);
        auto buffers = network->named_buffers();
        buffers["bn1.running_var"].fill_(1.0F);
        WeightAverage average(makeNetwork("cnn", digitOutputs, 0), *network, flat, decay);
        double expected = 1;
        for (int step = 1; step <= 20; ++step) {
            flat.fill_(static_cast<float>(step * step));
            buffers["bn1.running_var"].fill_(static_cast<float>(step * step));
            buffers["bn1.num_batches_tracked"].fill_(step);
            average.update();
            const double weight = std::min(decay, (1.0 + step) / (10.0 + step));
            expected = weight * expected + (1 - weight) * step * step;
        }
        const auto near = [expected](const torch::Tensor& tensor) {
            return torch::allclose(tensor, torch::full_like(tensor, expected), 1e-5);
        };
        for (const auto& parameter : average.network().named_parameters()) {
            QVERIFY2(near(parameter.value()), parameter.key().c_str());
        }
        QVERIFY(near(average.network().named_buffers()["bn1.running_var"]));
        QCOMPARE(average.network().named_buffers()["bn1.num_batches_tracked"].item<int>(), 20);
        QVERIFY(!average.network().is_training());
    }

    void leavesTheTrainedNetworkAlone()
    {
        const torch::NoGradGuard noGrad;
        const auto network = makeNetwork("mlp", noDigitOutputs, 1);
        torch::Tensor flat = flattenParameters(*network);
        WeightAverage average(makeNetwork("mlp", noDigitOutputs, 0), *network, flat, 0.9);
        const torch::Tensor before = flat.clone();
        average.update();
        QVERIFY(torch::equal(flat, before));
        QVERIFY(torch::equal(network->parameters()[0], average.network().parameters()[0]));
    }
};

QTEST_GUILESS_MAIN(WeightAverageTest)
#include "tst_weightaverage.moc"

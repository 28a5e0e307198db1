#include "core/torch/flatoptimizer.h"
#include "core/torch/flatparameters.h"

#include <QtTest>
#include <torch/optim.h>

#include <cmath>
#include <functional>
#include <memory>
#include <vector>

using namespace digitpad;

namespace {

using Change = std::function<void(TrainingOptions&)>;

/// A leaf with a gradient of its own. Adam steps floats of the processor in one pass, and what lies
/// elsewhere, of which doubles take the place here, by LibTorch's operations.
torch::Tensor parameters(torch::ScalarType type = torch::kFloat32)
{
    torch::manual_seed(3);
    torch::Tensor leaf = torch::randn({50}).to(type).requires_grad_(true);
    leaf.mutable_grad() = torch::zeros({50}, type);
    return leaf;
}

/// The gradient of a valley that is as much as a thousand times steeper one way than the other.
void setGradient(torch::Tensor& leaf, int step)
{
    const torch::NoGradGuard noGrad;
    const torch::Tensor steepness = torch::logspace(-2, 1, leaf.numel());
    leaf.mutable_grad().copy_(leaf.detach() * steepness + 0.1 * std::sin(step));
}

std::unique_ptr<torch::optim::Optimizer> libtorchs(const TrainingOptions& o, const torch::Tensor& leaf)
{
    namespace optim = torch::optim;
    const std::vector<torch::Tensor> group{leaf};
    if (o.optimizer == "sgd") {
        return std::make_unique<optim::SGD>(group, optim::SGDOptions(o.learningRate)
                                                       .momentum(o.momentum)
                                                       .nesterov(o.nesterov)
                                                       .weight_decay(o.weightDecay));
    }
    if (o.optimizer == "rmsprop") {
        return std::make_unique<optim::RMSprop>(group, optim::RMSpropOptions(o.learningRate)
                                                           .alpha(o.alpha)
                                                           .eps(o.epsilon)
                                                           .momentum(o.momentum)
                                                           .weight_decay(o.weightDecay));
    }
    if (o.optimizer == "adamw") {
        return std::make_unique<optim::AdamW>(group, optim::AdamWOptions(o.learningRate)
                                                         .betas({o.beta1, o.beta2})
                                                         .eps(o.epsilon)
                                                         .weight_decay(o.weightDecay));
    }
    return std::make_unique<optim::Adam>(group, optim::AdamOptions(o.learningRate)
                                                    .betas({o.beta1, o.beta2})
                                                    .eps(o.epsilon)
                                                    .weight_decay(o.weightDecay));
}

void addRows(const std::vector<torch::ScalarType>& types)
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<torch::ScalarType>("type");
    for (const double decay : {0.0, 0.02}) {
        const auto row = [&](const char* name, const Change& change) {
            for (const torch::ScalarType type : types) {
                QTest::addRow("%s, decay %g, %s", name, decay, torch::toString(type))
                    << Change([decay, change](TrainingOptions& o) {
                           o.weightDecay = decay;
                           o.learningRate = 0.01;
                           change(o);
                       })
                    << type;
            }
        };
        row("adam", [](TrainingOptions& o) { o.optimizer = "adam"; });
        row("adam, other betas", [](TrainingOptions& o) {
            o.optimizer = "adam";
            o.beta1 = 0.7;
            o.beta2 = 0.9;
            o.epsilon = 0.01;
        });
        row("adamw", [](TrainingOptions& o) { o.optimizer = "adamw"; });
        row("sgd", [](TrainingOptions& o) { o.optimizer = "sgd"; });
        row("sgd without momentum", [](TrainingOptions& o) {
            o.optimizer = "sgd";
            o.momentum = 0;
        });
        row("nesterov", [](TrainingOptions& o) {
            o.optimizer = "sgd";
            o.nesterov = true;
        });
        row("rmsprop", [](TrainingOptions& o) { o.optimizer = "rmsprop"; });
        row("rmsprop without momentum", [](TrainingOptions& o) {
            o.optimizer = "rmsprop";
            o.momentum = 0;
            o.alpha = 0.9;
        });
    }
}

TrainingOptions changed(const Change& change)
{
    TrainingOptions options;
    change(options);
    return options;
}

} // namespace

class FlatOptimizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsAsLibTorchDoes_data() { addRows({torch::kFloat32, torch::kFloat64}); }
    void stepsAsLibTorchDoes()
    {
        QFETCH(Change, change);
        QFETCH(torch::ScalarType, type);
        const TrainingOptions options = changed(change);
        torch::Tensor ours = parameters(type);
        torch::Tensor theirs = parameters(type);
        FlatOptimizer optimizer(options, ours, torch::ones({50}, type));
        const auto reference = libtorchs(options, theirs);
        for (int step = 0; step < 100; ++step) {
            setGradient(ours, step);
            setGradient(theirs, step);
            const double rate = options.learningRate / (1 + step % 7);
            optimizer.step(rate);
            reference->param_groups().front().options().set_lr(rate);
            reference->step();
        }
        const double furthest = (ours - theirs).abs().max().item<double>();
        QVERIFY2(furthest < 2e-5, qPrintable(QString::number(furthest)));
        QVERIFY((ours - parameters(type)).abs().max().item<double>() > 0.05); // They went somewhere.
    }

    void goesOnFromItsState_data() { addRows({torch::kFloat32}); }
    void goesOnFromItsState()
    {
        QFETCH(Change, change);
        const TrainingOptions options = changed(change);
        torch::Tensor whole = parameters();
        FlatOptimizer optimizer(options, whole, torch::ones({50}));
        torch::Tensor parts = parameters();
        FlatOptimizer resumed(options, parts, torch::ones({50}));
        for (int step = 0; step < 20; ++step) {
            if (step == 10) {
                const torch::NoGradGuard noGrad;
                parts.copy_(whole);
                QVERIFY(resumed.setState(optimizer.state()));
            }
            setGradient(whole, step);
            optimizer.step(0.01);
            if (step >= 10) {
                setGradient(parts, step);
                resumed.step(0.01);
            }
        }
        QVERIFY(torch::equal(whole, parts));
        QCOMPARE(resumed.state().steps, std::int64_t{20});
    }

    void refusesAnothersState()
    {
        torch::Tensor leaf = parameters();
        TrainingOptions options;
        FlatOptimizer adam(options, leaf, {});
        options.optimizer = "sgd";
        const FlatOptimizer sgd(options, leaf, {});
        QVERIFY(!adam.setState(sgd.state()));
        QVERIFY(!adam.setState({1, {torch::zeros({50}), torch::zeros({49})}}));
        QVERIFY(!adam.setState({1, {torch::zeros({50}), torch::Tensor()}}));
        QVERIFY(!adam.setState({1, {torch::zeros({50}), torch::zeros({50}, torch::kFloat64)}}));
        QVERIFY(adam.setState({1, {torch::zeros({50}), torch::zeros({50})}}));
    }

    void decaySparesBiasesAndNormalisation()
    {
        const auto network = makeNetwork("cnn", digitOutputs, 1);
        const torch::Tensor flat = flattenParameters(*network);
        const torch::Tensor mask = decayMask(*network);
        QCOMPARE(mask.sizes(), flat.sizes());
        std::int64_t matrices = 0;
        for (const torch::Tensor& parameter : network->parameters()) {
            matrices += parameter.dim() > 1 ? parameter.numel() : 0;
        }
        QCOMPARE(mask.sum().item<std::int64_t>(), matrices);
        // A place of the first filter, and of the first bias behind it.
        QCOMPARE(mask[0].item<float>(), 1.0F);
        QVERIFY(mask.min().item<float>() == 0.0F);
    }
};

QTEST_GUILESS_MAIN(FlatOptimizerTest)
#include "tst_flatoptimizer.moc"

#include "core/data/syntheticdigits.h"
#include "core/torch/foreignfile.h"
#include "core/torch/model.h"
#include "core/torch/scriptmodel.h"
#include "core/torch/torchengine.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <torch/library.h>
#include <torch/script.h>

#include <cmath>
#include <fstream>
#include <sstream>

using namespace digitpad;

// Here alone, and not in the process that runs scripts.
TORCH_LIBRARY(digitpadtest, library)
{
    library.def("twice", [](const torch::Tensor& values) { return values * 2; });
}

namespace {

/// A linear network whose forward is written in TorchScript.
torch::jit::Module moduleWith(const std::string& forward)
{
    at::manual_seed(3);
    torch::jit::Module module("Net");
    module.register_parameter("weight", torch::randn({10, 784}) * 0.1, false);
    module.register_parameter("bias", torch::randn({10}), false);
    module.define(forward);
    return module;
}

std::string bytesOf(const torch::jit::Module& module, const torch::jit::ExtraFilesMap& extra = {})
{
    std::ostringstream stream;
    module.save(stream, extra);
    return stream.str();
}

constexpr const char* linear = R"(
def forward(self, x):
    return torch.linear(x.flatten(1), self.weight, self.bias)
)";

Result<std::shared_ptr<const Model>> loaded(const std::string& forward, const ScriptLimits& limits = {})
{
    return ScriptModel::load(bytesOf(moduleWith(forward)), {0.1307, 0.3081}, limits);
}

QString messageOf(const Error& error)
{
    return QString::fromStdString(error.message);
}

} // namespace

class TorchScriptTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    DigitSet m_set;

    [[nodiscard]] std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    std::string write(const char* name, const std::string& bytes) const
    {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }

private Q_SLOTS:
    void initTestCase() { m_set = syntheticDigits(150, 3, {}); }

    void answersAsTheNetworkDoes()
    {
        const auto module = moduleWith(linear);
        const auto model = loaded(linear);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().message.c_str());
        QCOMPARE((*model)->info().network, std::string("Net"));
        QCOMPARE((*model)->info().parameters, std::int64_t{7850});
        QVERIFY((*model)->info().torchScript);

        std::size_t last = 0;
        const auto logits = (*model)->logits(m_set, [&last](std::size_t done) {
            last = done;
            return true;
        });
        QVERIFY(logits.ok());
        QVERIFY(last > 0 && last <= m_set.size());
        std::vector<float> pixels(m_set.size() * digitPixels);
        const PixelScaling table(0.1307, 0.3081);
        for (std::size_t i = 0; i < m_set.size(); ++i) {
            table.apply(m_set.image(i), pixels.data() + i * digitPixels);
        }
        auto copy = module;
        const auto input = torch::from_blob(
            pixels.data(), {static_cast<std::int64_t>(m_set.size()), 1, digitSide, digitSide});
        const auto expected = copy.forward({input}).toTensor().contiguous();
        const auto got = torch::from_blob(const_cast<float*>(logits->values.data()), expected.sizes());
        QVERIFY(torch::allclose(expected, got, 1e-4, 1e-4));

        auto classifier = (*model)->makeClassifier();
        QVERIFY(classifier.ok());
        const auto prediction = (*classifier)->classify(m_set.digitImage(4));
        QVERIFY(prediction.ok());
        QCOMPARE(std::int64_t{prediction->digit}, expected[4].argmax().item<std::int64_t>());
        QCOMPARE((*classifier)->classify(DigitImage{})->digit, -1);
        const auto evaluation = (*model)->evaluate(m_set, {});
        QVERIFY(evaluation.ok());
        QCOMPARE(evaluation->images, m_set.size());
    }

    void probabilitiesAreTakenForWhatTheyAre()
    {
        const auto logits = loaded(linear);
        const auto softmax = loaded(R"(
def forward(self, x):
    return torch.softmax(torch.linear(x.flatten(1), self.weight, self.bias), 1)
)");
        QVERIFY(logits.ok() && softmax.ok());
        const auto one = (*logits)->makeClassifier().value()->classify(m_set.digitImage(0));
        const auto two = (*softmax)->makeClassifier().value()->classify(m_set.digitImage(0));
        QCOMPARE(two->digit, one->digit);
        QVERIFY(std::abs(two->confidence - one->confidence) < 1e-3F);
    }

    void aNetworkForOneImageIsAskedOneByOne()
    {
        const auto model = loaded(R"(
def forward(self, x):
    return torch.linear(x.reshape([1, 784]), self.weight, self.bias)
)");
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().message.c_str());
        const auto one = (*model)->logits(m_set, {});
        const auto batched = (*loaded(linear))->logits(m_set, {});
        QVERIFY(one.ok() && batched.ok());
        for (std::size_t i = 0; i < one->values.size(); ++i) {
            QVERIFY(std::abs(one->values[i] - batched->values[i]) < 1e-3F);
        }
    }

    void refusesWhatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("forward");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* forward, const char* sentence) {
            QTest::newRow(name) << QString::fromLatin1(forward) << QString::fromUtf8(sentence);
        };
        row("wrong shape", "def forward(self, x):\n    return x\n",
            "has the shape 1×1×28×28 instead of 1×10");
        row("eleven logits", "def forward(self, x):\n    return torch.zeros([x.size(0), 11])\n", "1×11");
        row("throws", "def forward(self, x):\n    return x.reshape([7])\n", "fails with images");
        row("another input", "def forward(self, x, y):\n    return x + y\n", "fails with images");
        row("a tuple", "def forward(self, x):\n    return (x, x)\n", "is a Tuple instead of a tensor");
        row("not finite", "def forward(self, x):\n    return torch.zeros([x.size(0), 10]) / 0.0\n",
            "not finite");
        row("loops", "def forward(self, x):\n    while True:\n        x = x + 1\n    return x\n",
            "it may loop for ever");
        row("too much memory",
            "def forward(self, x):\n    y = torch.ones([6000000000])\n    return torch.zeros([x.size(0), "
            "10]) + y[0]\n",
            "fails with images");
    }
    void refusesWhatCannotBeUsed()
    {
        QFETCH(QString, forward);
        QFETCH(QString, sentence);
        const bool loops = sentence.contains(u"loop");
        const auto model = loaded(forward.toStdString(), {loops ? 4'000 : 120'000, 120'000});
        if (model) { // Said with the first images.
            const auto logits = (*model)->logits(m_set, {});
            QVERIFY(!logits.ok());
            QVERIFY2(messageOf(logits.error()).contains(sentence), logits.error().message.c_str());
            return;
        }
        QCOMPARE(model.error().code, ErrorCode::InvalidInput);
        QVERIFY2(messageOf(model.error()).contains(sentence), model.error().message.c_str());
    }

    void aLoopThatComesLateIsEnded()
    {
        const auto model = loaded(R"(
def forward(self, x):
    while x.size(0) > 5:
        x = x + 1
    return torch.linear(x.flatten(1), self.weight, self.bias)
)",
                                  {120'000, 2'000});
        QVERIFY(model.ok());
        for (int i = 0; i < 2; ++i) { // And stays so, without another wait.
            const auto logits = (*model)->logits(m_set, {});
            QVERIFY(!logits.ok());
            QVERIFY(messageOf(logits.error()).contains(QStringLiteral("may loop")));
        }
    }

    void aScriptOpensNoFiles()
    {
        const std::string target = path("written");
        const std::string forward = "def forward(self, x):\n    torch.save(x, \"" + target +
                                    "\")\n    return torch.linear(x.flatten(1), self.weight, self.bias)\n";
        moduleWith(forward).forward({torch::zeros({1, 1, digitSide, digitSide})});
        QVERIFY(QFile::remove(QString::fromStdString(target))); // It would, if it could.
        const auto model = loaded(forward);
        if (model) {
            QVERIFY((*model)->evaluate(m_set, {}).ok());
        }
        QVERIFY(!QFile::exists(QString::fromStdString(target)));
    }

    void whatIsNoTorchScript()
    {
        const auto model = ScriptModel::load("nothing of the kind", {0, 1}, {});
        QVERIFY(!model.ok());
        QVERIFY(messageOf(model.error()).contains(QStringLiteral("damaged")));
    }

    void anOperatorThatIsNotThere()
    {
        auto module = moduleWith(linear);
        const auto graph = module.get_method("forward").graph();
        auto* node = graph->create(c10::Symbol::fromQualString("digitpadtest::twice"), {graph->outputs()[0]});
        node->output()->setType(c10::TensorType::get());
        graph->appendNode(node);
        graph->eraseOutput(0);
        graph->registerOutput(node->output());
        const auto model = ScriptModel::load(bytesOf(module), {0, 1}, {});
        QVERIFY(!model.ok());
        QVERIFY2(
            messageOf(model.error()).contains(QStringLiteral("operator that this LibTorch does not have")),
            (model.error().message + model.error().details).c_str());
    }

    void theEngineTellsFilesApart()
    {
        const Engine& engine = torchEngine();
        const auto script = write("script.pt", bytesOf(moduleWith(linear), {{"normalization", "0.25 0.5"}}));
        const auto inspected = engine.inspectModel(script);
        QVERIFY(inspected.ok());
        QCOMPARE(inspected->kind, ModelFileKind::TorchScript);
        QVERIFY(inspected->normalization.has_value());
        QCOMPARE(inspected->normalization->standardDeviation, 0.5);
        QVERIFY(messageOf(engine.loadModel(script).error()).contains(QStringLiteral("TorchScript")));
        QVERIFY(engine.loadForeignModel(script, *inspected->normalization).ok());
        QVERIFY(!engine.loadForeignModel(script, {0, 0}).ok());

        const auto network = makeNetwork("mlp", digitOutputs, 4);
        const auto own = path("own.pt");
        QVERIFY(TorchModel(ModelInfo{}, *network).save(own).ok());
        QCOMPARE(engine.inspectModel(own)->kind, ModelFileKind::DigitPad);
        QVERIFY(engine.loadForeignModel(own, {0, 1}).ok());
        QVERIFY(!engine.inspectModel(path("missing.pt")).ok());
    }

    void aStateDictFromPython()
    {
        const QString python = QStringLiteral(DIGITPAD_PYTHON);
        if (python.isEmpty() ||
            QProcess::execute(python, {QStringLiteral("-c"), QStringLiteral("import torch")}) != 0) {
            QSKIP("python3-torch is not installed");
        }
        const QString code = QStringLiteral(R"(
import torch, sys
from torch import nn
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(784, width); self.fc2 = nn.Linear(width, 10)
net = Net(40)
torch.save(net.state_dict(), "plain.pt")
torch.save({"epoch": 3, "loss": 0.5, "state_dict": net.state_dict()}, "wrapped.pt")
torch.save(nn.Linear(3, 4).state_dict(), "other.pt")
x = torch.ones(1, 784) * 0.4
print(net.fc2(torch.relu(net.fc1(x)))[0, 7].item())
)");
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(python, {QStringLiteral("-c"), code});
        QVERIFY(process.waitForFinished(120'000));
        QCOMPARE(process.exitCode(), 0);
        const double expected = process.readAllStandardOutput().trimmed().toDouble();
        const Engine& engine = torchEngine();
        for (const char* name : {"plain.pt", "wrapped.pt"}) {
            QCOMPARE(engine.inspectModel(path(name))->kind, ModelFileKind::StateDict);
            const auto model = engine.loadForeignModel(path(name), {0, 0.5});
            QVERIFY2(model.ok(), model.ok() ? "" : model.error().message.c_str());
            QCOMPARE((*model)->info().options.details.hiddenWidths, std::vector<int>{40});
            DigitSet set;
            DigitImage image;
            image.pixels.fill(51); // 0.2, divided by 0.5.
            set.add(image, 1);
            QVERIFY(std::abs(double((*model)->logits(set, {})->row(0)[7]) - expected) < 1e-4);
        }
        const auto other = engine.loadForeignModel(path("other.pt"), {0, 1});
        QVERIFY(!other.ok());
        QVERIFY(messageOf(other.error()).contains(QStringLiteral("fit none")));
    }

    void brokenDictsAreRefused()
    {
        const auto network = makeNetwork("mlp", digitOutputs, 4);
        QVERIFY(TorchModel(ModelInfo{}, *network).save(path("whole.pt")).ok());
        QFile file(QString::fromStdString(path("whole.pt")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (qsizetype at = 0; at < 2'000; at += 7) {
            QByteArray broken = bytes;
            broken[at] = static_cast<char>(broken[at] ^ 0x15);
            inspectModelBytes(broken.toStdString()); // Must not crash, whatever it says.
        }
        inspectModelBytes(bytes.left(1'000).toStdString());
        inspectModelBytes({});
    }
};

QTEST_GUILESS_MAIN(TorchScriptTest)
#include "tst_torchscript.moc"

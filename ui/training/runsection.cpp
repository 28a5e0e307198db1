#include "ui/training/runsection.h"

#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/seedfield.h"
#include "ui/training/trainingtext.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>

namespace digitpad {

namespace {

constexpr int usualFolds = 5;

/// Per cent with as many digits as there are.
class PercentBox : public QDoubleSpinBox
{
public:
    explicit PercentBox(QWidget* parent)
        : QDoubleSpinBox(parent)
    {
        setDecimals(6);
        setRange(0, 100);
        setSingleStep(5);
        setSuffix(QStringLiteral("\u00A0%"));
    }

protected:
    QString textFromValue(double value) const override
    {
        return locale().toString(value, 'g', QLocale::FloatingPointShortest);
    }
};

QSpinBox* spinBox(int least, int greatest, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(least, greatest);
    return box;
}

} // namespace

RunSection::RunSection(QWidget* parent)
    : FormSection(QStringLiteral("run"), tr("Run"), parent)
    , m_group(addGroup())
{
    makeAmounts(m_group);
    makeValidation(m_group);
    m_seed = new SeedField(this);
    m_group->add(tr("See&d"), m_seed, QStringLiteral("seed"),
                 tr("Where chance begins: split, initial weights, order and variations of the images follow "
                    "from it. The same seed repeats a run; try several to see how much is luck."));
    m_dice = new QToolButton(this);
    m_dice->setObjectName(QStringLiteral("dice"));
    m_dice->setText(tr("Another seed"));
    m_dice->setToolTip(tr("Draws a new seed by chance."));
    m_group->addBelow(m_dice);
    connect(m_dice, &QToolButton::clicked, this,
            [this] { m_seed->setValue(QRandomGenerator::global()->bounded(1, 1'000'000)); });
    makeMore(addMore());
    watchEditors();
    showValidation();
}

void RunSection::makeAmounts(FieldGroup* group)
{
    QSpinBox* epochs = spinBox(1, 10'000, this);
    group->add(
        tr("Epo&chs"), epochs, QStringLiteral("epochs"),
        tr("How often the network sees every training image. Usual: 5 to 30; the best epoch is kept."));
    bind(epochs, &TrainingOptions::epochs);
    QSpinBox* batch = spinBox(1, 1'000'000, this);
    batch->setGroupSeparatorShown(true);
    group->add(tr("&Batch size"), batch, QStringLiteral("batchSize"),
               tr("Images for each step. Larger batches train faster and step more smoothly, but less "
                  "often. Usual: 32 to 512."));
    bind(batch, &TrainingOptions::batchSize);
}

void RunSection::makeValidation(FieldGroup* group)
{
    m_validation = group->addCombo(
        tr("Valida&tion"), QStringLiteral("validation"),
        tr("What measures each epoch. A part of the data, kept out of training with each digit in its share; "
           "or k folds: k runs one after the other, each measured on another k-th of the data, which tells "
           "how much is luck and takes k times as long."),
        {{QStringLiteral("split"), tr("Part of the data")}, {QStringLiteral("folds"), tr("k folds")}});
    m_split = new PercentBox(this);
    group->add(tr("Part"), m_split, QStringLiteral("validationSplit"),
               tr("The part of the data that is kept out of training and measures each epoch. Usual: 5 to "
                  "20 %."));
    m_folds = spinBox(2, 20, this);
    m_folds->setValue(usualFolds);
    group->add(tr("Folds"), m_folds, QStringLiteral("folds"),
               tr("So many runs, each with another part of the data for validation. Usual: 5 or 10."));
    QSpinBox* patience = spinBox(0, 10'000, this);
    patience->setSpecialValueText(tr("Never"));
    patience->setSuffix(tr("\u00A0epochs"));
    group->add(tr("Stop early after"), patience, QStringLiteral("patience"),
               tr("Ends the run after so many epochs without a lower validation loss. Usual: never, or 5 to "
                  "10."));
    bind(patience, &TrainingOptions::patience);
    connect(m_validation, &QComboBox::currentIndexChanged, this, &RunSection::showValidation);
}

void RunSection::makeMore(FieldGroup* more)
{
    m_device = more->addCombo(
        tr("Device"), QStringLiteral("device"),
        tr("Where the network trains: on the processor, or on a GPU where LibTorch can use one."),
        {{QStringLiteral("cpu"), tr("CPU")}, {QStringLiteral("cuda"), tr("CUDA")}});
    // A GPU may have a name as long as it likes.
    m_device->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    bind(m_device, &TrainingOptions::device);
    QSpinBox* threads = spinBox(0, 64, this);
    threads->setSpecialValueText(tr("Automatic"));
    more->add(tr("Threads"), threads, QStringLiteral("threads"),
              tr("Threads of the processor to train with. Usual: automatic; more than there are cores is "
                 "slower. Another number gives slightly other results."));
    bind(threads, &TrainingOptions::threads);
    setCuda(false, {});
}

void RunSection::setCuda(bool there, const QString& name)
{
    const int row = m_device->findData(QStringLiteral("cuda"));
    auto* item = qobject_cast<QStandardItemModel*>(m_device->model())->item(row);
    item->setEnabled(there);
    item->setToolTip(there ? name : tr("LibTorch finds no GPU that it can train on."));
    m_device->setItemText(row, there && !name.isEmpty() ? tr("CUDA, %1").arg(name) : tr("CUDA"));
}

bool RunSection::inFolds() const
{
    return m_validation->currentData().toString() == u"folds";
}

void RunSection::showValidation()
{
    m_group->setRowVisible(field(QStringLiteral("validationSplit")), !inFolds());
    m_group->setRowVisible(field(QStringLiteral("folds")), inFolds());
}

void RunSection::store(RunOptions& options) const
{
    FormSection::store(options);
    options.training.validationSplit = m_split->value() / 100;
    options.training.folds = inFolds() ? m_folds->value() : 0;
    options.training.fold = 1; // All are run, one after the other.
    options.training.seed = m_seed->value();
}

void RunSection::load(const RunOptions& options)
{
    FormSection::load(options);
    const TrainingOptions& training = options.training;
    m_split->setValue(100 * training.validationSplit);
    selectData(m_validation, training.folds > 0 ? QStringLiteral("folds") : QStringLiteral("split"));
    m_folds->setValue(training.folds > 0 ? training.folds : usualFolds);
    m_seed->setValue(training.seed);
}

QString RunSection::summary(const RunOptions& options) const
{
    return tr("%1 epochs, batches of %2, seed %3")
        .arg(countText(options.training.epochs), countText(options.training.batchSize))
        .arg(options.training.seed);
}

void RunSection::setLocked(const QString& reason)
{
    FormSection::setLocked(reason);
    m_dice->setEnabled(reason.isEmpty());
}

} // namespace digitpad

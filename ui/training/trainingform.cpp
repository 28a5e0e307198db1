#include "ui/training/trainingform.h"

#include "core/learning/networks.h"
#include "ui/training/datachooser.h"
#include "ui/training/formfield.h"
#include "ui/training/ratefield.h"
#include "ui/training/trainingtext.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>
#include <utility>

namespace digitpad {

namespace {

/// Empty where the check found nothing.
template <class T>
QString sentence(const Result<T>& checked)
{
    return checked ? QString() : QString::fromStdString(checked.error().message);
}

/// Between what a network is and its layers in its title: "Fully connected, 784-128-64-10".
QString titleSeparator()
{
    return QStringLiteral(", ");
}

void select(QComboBox* combo, const QVariant& data)
{
    const int index = combo->findData(data);
    if (index >= 0) {
        combo->setCurrentIndex(index);
    }
}

} // namespace

double defaultLearningRate(const QString& optimizer)
{
    return optimizer == u"sgd" ? 0.05 : 0.001;
}

TrainingForm::TrainingForm(const QList<QUrl>& mirrors, QWidget* parent)
    : QWidget(parent)
    , m_data(new DataChooser(mirrors, this))
{
    setLocale(numberLocale());
    layOut();
    setOptions(TrainingOptions());
    restore();
    m_restoring = false;
    connect(m_data, &DataChooser::changed, this, &TrainingForm::save);
}

TrainingForm::~TrainingForm()
{
    // A field that has the focus ends its editing while it is destroyed, after this.
    disconnect(m_rate, nullptr, this, nullptr);
}

void TrainingForm::layOut()
{
    auto* dataBox = new QGroupBox(tr("Data"), this);
    auto* dataLayout = new QVBoxLayout(dataBox);
    dataLayout->addWidget(m_data);

    auto* trainingBox = new QGroupBox(tr("Training"), this);
    auto* fields = new QFormLayout(trainingBox);
    fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    makeNetworkFields(fields);
    makeStepFields(fields);
    makeAmountFields(fields);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(dataBox);
    layout->addWidget(trainingBox);
    layout->addStretch();
}

FormField* TrainingForm::addField(QFormLayout* layout, const QString& label, QWidget* editor,
                                  const QString& name, const QString& help)
{
    editor->setObjectName(name);
    auto* field = new FormField(editor, help, this);
    layout->addRow(label, field);
    auto* text = qobject_cast<QLabel*>(layout->labelForField(field));
    text->setBuddy(editor);
    text->setToolTip(field->toolTip());
    editor->setAccessibleName(QString(label).remove(u'&'));
    m_fields.append(field);
    return field;
}

QComboBox* TrainingForm::addCombo(QFormLayout* layout, const QString& label, const QString& name,
                                  const QString& help, const QList<QPair<QString, QString>>& entries)
{
    auto* combo = new QComboBox(this);
    for (const auto& [key, title] : entries) {
        combo->addItem(title, key);
    }
    // Long titles shall not make the form wide; the list that opens shows them whole.
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(15);
    addField(layout, label, combo, name, help);
    connect(combo, &QComboBox::currentIndexChanged, this, &TrainingForm::save);
    return combo;
}

void TrainingForm::makeNetworkFields(QFormLayout* layout)
{
    QList<QPair<QString, QString>> networks;
    for (const NetworkDescription& network : networkDescriptions()) {
        networks.append({QString::fromStdString(network.name),
                         QString::fromStdString(network.title).section(titleSeparator(), 0, 0)});
    }
    m_network = addCombo(layout, tr("&Network"), QStringLiteral("network"), {}, networks);
    for (int i = 0; i < m_network->count(); ++i) {
        const NetworkDescription& network = networkDescriptions()[static_cast<std::size_t>(i)];
        m_network->setItemData(i, QString::fromStdString(network.explanation), Qt::ToolTipRole);
    }
    m_networkSize = new NoteLabel({}, this);
    m_networkSize->setObjectName(QStringLiteral("networkSize"));
    layout->addRow(QString(), m_networkSize);
    connect(m_network, &QComboBox::currentIndexChanged, this, &TrainingForm::onNetworkChanged);
    onNetworkChanged();
}

void TrainingForm::makeStepFields(QFormLayout* layout)
{
    m_optimizer =
        addCombo(layout, tr("&Optimizer"), QStringLiteral("optimizer"),
                 tr("How weights follow the gradient. Adam fits its step to each weight and forgives a rough "
                    "learning rate; SGD with momentum 0.9 takes more care and can end better."),
                 {{QStringLiteral("adam"), tr("Adam")}, {QStringLiteral("sgd"), tr("SGD with momentum")}});
    connect(m_optimizer, &QComboBox::currentIndexChanged, this, &TrainingForm::onOptimizerChanged);
    m_rate = new RateField(this);
    m_rateField =
        addField(layout, tr("Learning &rate"), m_rate, QStringLiteral("learningRate"),
                 tr("How far each step goes. Too high and the loss jumps about, too low and it hardly falls. "
                    "Usual: 0.0003 to 0.003 for Adam, 0.01 to 0.1 for SGD. The arrow keys step through "
                    "1, 2 and 5 of each power of ten."));
    connect(m_rate, &RateField::edited, this, &TrainingForm::forgiveRate);
    connect(m_rate, &QAbstractSpinBox::editingFinished, this, &TrainingForm::checkValues);
    m_schedule =
        addCombo(layout, tr("Schedu&le"), QStringLiteral("schedule"),
                 tr("How the learning rate changes over the run. Constant: not at all. Cosine: a short "
                    "warm-up, then down to 0, which usually ends a little better."),
                 {{QStringLiteral("constant"), tr("Constant")}, {QStringLiteral("cosine"), tr("Cosine")}});
}

void TrainingForm::makeAmountFields(QFormLayout* layout)
{
    m_batch = new QSpinBox(this);
    m_batch->setRange(1, 1'000'000);
    m_batch->setGroupSeparatorShown(true);
    m_batchField =
        addField(layout, tr("&Batch size"), m_batch, QStringLiteral("batchSize"),
                 tr("Images for each step. Larger batches train faster and step more smoothly, but less "
                    "often. Usual: 32 to 512."));
    m_epochs = new QSpinBox(this);
    m_epochs->setRange(1, 10'000);
    addField(layout, tr("Epo&chs"), m_epochs, QStringLiteral("epochs"),
             tr("How often the network sees every training image. Usual: 5 to 30; the best epoch is kept."));
    m_split = new QDoubleSpinBox(this);
    m_split->setRange(0, 100);
    m_split->setDecimals(1);
    m_split->setSingleStep(5);
    m_split->setSuffix(QStringLiteral("\u00A0%"));
    m_splitField = addField(layout, tr("Valida&tion"), m_split, QStringLiteral("validationSplit"),
                            tr("The part of the data that is kept out of training and measures each epoch. "
                               "Usual: 5 to 20 %."));
    m_normalization = addCombo(
        layout, tr("Nor&malisation"), QStringLiteral("normalization"),
        tr("How pixels become numbers for the network: from −1 to 1 as most tutorials do, or by the mean and "
           "standard deviation of the data. The model remembers it, so drawing uses the same."),
        {{QStringLiteral("half"), tr("From −1 to 1")}, {QStringLiteral("exact"), tr("Mean of the data")}});
    m_seed = new QSpinBox(this);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    addField(layout, tr("See&d"), m_seed, QStringLiteral("seed"),
             tr("Where chance begins: split, initial weights and order of the images follow from it. The "
                "same seed "
                "repeats a run; try several to see how much is luck."));
    for (QSpinBox* box : {m_batch, m_epochs, m_seed}) {
        connect(box, &QSpinBox::valueChanged, this, &TrainingForm::save);
        connect(box, &QSpinBox::valueChanged, this, &TrainingForm::checkValues);
    }
    connect(m_split, &QDoubleSpinBox::valueChanged, this, &TrainingForm::save);
    connect(m_split, &QDoubleSpinBox::valueChanged, this, &TrainingForm::checkValues);
}

void TrainingForm::onNetworkChanged()
{
    const NetworkDescription* network = findNetwork(m_network->currentData().toString().toStdString());
    if (network == nullptr) {
        return;
    }
    const QString layers = QString::fromStdString(network->title).section(titleSeparator(), 1);
    const QString size = tr("%1 parameters").arg(countText(network->parameters));
    m_networkSize->setText(layers.isEmpty() ? size : tr("%1\n%2").arg(layers, size));
    m_fields.first()->setHelp( // The network's field is the first.
        QString::fromStdString(network->explanation));
}

void TrainingForm::onOptimizerChanged()
{
    const QString optimizer = m_optimizer->currentData().toString();
    const QString before = std::exchange(m_rateOptimizer, optimizer);
    if (m_rate->value() == defaultLearningRate(before)) {
        m_rate->setValue(defaultLearningRate(optimizer));
    }
}

TrainingOptions TrainingForm::options() const
{
    TrainingOptions options;
    options.network = m_network->currentData().toString().toStdString();
    options.optimizer = m_optimizer->currentData().toString().toStdString();
    options.learningRate = m_rate->value().value_or(0);
    options.schedule = m_schedule->currentData().toString().toStdString();
    options.batchSize = m_batch->value();
    options.epochs = m_epochs->value();
    options.validationSplit = m_split->value() / 100;
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    options.normalization = m_normalization->currentData().toString() == u"exact" ? NormalizationChoice::Exact
                                                                                  : NormalizationChoice::Half;
    return options;
}

void TrainingForm::setOptions(const TrainingOptions& options)
{
    select(m_network, QString::fromStdString(options.network));
    select(m_optimizer, QString::fromStdString(options.optimizer));
    m_rateOptimizer = m_optimizer->currentData().toString();
    m_rate->setValue(options.learningRate);
    select(m_schedule, QString::fromStdString(options.schedule));
    m_batch->setValue(options.batchSize);
    m_epochs->setValue(options.epochs);
    m_split->setValue(100 * options.validationSplit);
    m_seed->setValue(static_cast<int>(options.seed));
    select(m_normalization, options.normalization == NormalizationChoice::Exact ? QStringLiteral("exact")
                                                                                : QStringLiteral("half"));
}

DataSource TrainingForm::dataSource() const
{
    return m_data->source();
}

RunOptions TrainingForm::runOptions() const
{
    return {m_data->source(), options()};
}

void TrainingForm::setRunOptions(const RunOptions& options)
{
    setOptions(options.training);
}

QString TrainingForm::presetName() const
{
    return {};
}

void TrainingForm::forgiveRate()
{
    save();
    if (!m_rateField->error().isEmpty()) {
        checkValues();
    }
}

bool TrainingForm::checkValues()
{
    const TrainingOptions given = options();
    TrainingOptions rateAlone;
    rateAlone.learningRate = given.learningRate;
    m_rateField->setError(m_rate->value()
                              ? sentence(validateAlone(rateAlone))
                              : tr("This is no number; type a learning rate such as 0.001 or 1e-3."));
    const bool splitPossible = given.validationSplit > 0 && given.validationSplit < 1;
    m_splitField->setError(
        splitPossible ? QString() : tr("Choose more than 0 % and less than 100 %: both sides need images."));
    m_batchField->setError({});
    TrainingOptions restAlone = given; // Everything that is wrong is said at once.
    restAlone.learningRate = TrainingOptions().learningRate;
    const bool fitsData = splitPossible && checkAgainstData(restAlone);
    return m_rateField->error().isEmpty() && fitsData;
}

bool TrainingForm::checkAgainstData(const TrainingOptions& options)
{
    const auto images = m_data->imageCount();
    if (!images) {
        return true; // Only loading them can tell.
    }
    TrainingOptions smallestBatch = options;
    smallestBatch.batchSize = 1;
    m_splitField->setError(sentence(validate(smallestBatch, *images)));
    if (m_splitField->error().isEmpty()) {
        m_batchField->setError(sentence(validate(options, *images)));
    }
    return m_splitField->error().isEmpty() && m_batchField->error().isEmpty();
}

bool TrainingForm::check()
{
    const bool valuesPossible = checkValues();
    const bool dataThere = m_data->check();
    if (dataThere && !valuesPossible) {
        for (FormField* field : {m_rateField, m_batchField, m_splitField}) {
            if (!field->error().isEmpty()) {
                field->editor()->setFocus();
                break;
            }
        }
    }
    return valuesPossible && dataThere;
}

void TrainingForm::setLocked(const QString& reason)
{
    m_data->setLocked(reason);
    for (FormField* field : std::as_const(m_fields)) {
        field->setLocked(reason);
    }
}

void TrainingForm::save() const
{
    if (m_restoring) {
        return;
    }
    QSettings settings;
    const TrainingOptions now = options();
    m_data->save(settings);
    settings.setValue(QStringLiteral("training/network"), m_network->currentData());
    settings.setValue(QStringLiteral("training/optimizer"), m_optimizer->currentData());
    settings.setValue(QStringLiteral("training/learningRate"), now.learningRate);
    settings.setValue(QStringLiteral("training/schedule"), m_schedule->currentData());
    settings.setValue(QStringLiteral("training/batchSize"), now.batchSize);
    settings.setValue(QStringLiteral("training/epochs"), now.epochs);
    settings.setValue(QStringLiteral("training/validationPercent"), m_split->value());
    settings.setValue(QStringLiteral("training/normalization"), m_normalization->currentData());
    settings.setValue(QStringLiteral("training/seed"), m_seed->value());
}

void TrainingForm::restore()
{
    const QSettings settings;
    m_data->restore(settings);
    select(m_network, settings.value(QStringLiteral("training/network")));
    select(m_optimizer, settings.value(QStringLiteral("training/optimizer")));
    select(m_schedule, settings.value(QStringLiteral("training/schedule")));
    select(m_normalization, settings.value(QStringLiteral("training/normalization")));
    const double rate = settings.value(QStringLiteral("training/learningRate")).toDouble();
    if (rate > 0) {
        m_rate->setValue(rate);
    }
    m_batch->setValue(settings.value(QStringLiteral("training/batchSize"), m_batch->value()).toInt());
    m_epochs->setValue(settings.value(QStringLiteral("training/epochs"), m_epochs->value()).toInt());
    m_split->setValue(
        settings.value(QStringLiteral("training/validationPercent"), m_split->value()).toDouble());
    m_seed->setValue(settings.value(QStringLiteral("training/seed"), m_seed->value()).toInt());
}

} // namespace digitpad

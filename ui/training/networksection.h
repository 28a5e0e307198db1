#pragma once

#include "ui/training/formsection.h"

#include <QHash>

#include <optional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;

namespace digitpad {

class NetworkTable;

/// The network, what can be chosen of it, and the table of its layers.
class NetworkSection : public FormSection
{
    Q_OBJECT

public:
    explicit NetworkSection(QWidget* parent = nullptr);

    void store(RunOptions& options) const override;
    void load(const RunOptions& options) override;
    void follow(const RunOptions& options) override;
    [[nodiscard]] QString summary(const RunOptions& options) const override;
    [[nodiscard]] QList<QPair<QString, QString>> unreadable() const override;

private:
    void makeDetails(FieldGroup* group);
    [[nodiscard]] std::string network() const;
    /// As the fields say, without what is the network's own anyhow; of widths that are none, none.
    [[nodiscard]] NetworkDetails details() const;
    void showDetails(const NetworkDetails& details);
    void onNetworkChanged();

    FieldGroup* m_group = nullptr;
    QComboBox* m_network = nullptr;
    QLineEdit* m_widths = nullptr;
    QComboBox* m_activation = nullptr;
    QCheckBox* m_batchNormalization = nullptr;
    NumberField* m_dropout = nullptr;
    QLabel* m_size = nullptr;
    NetworkTable* m_table = nullptr;
    QHash<QString, NetworkDetails> m_chosen; ///< What was chosen of the networks that were shown before.
    QString m_shown;                         ///< The network that the details are of.
};

/// "128, 64" (or "128-64", "128 64") as numbers; none where it is no list of numbers.
std::optional<std::vector<int>> widthsFromText(const QString& text);
QString widthsText(const std::vector<int>& widths);

} // namespace digitpad

#pragma once

#include "core/learning/engine.h"

#include <QTableView>

namespace digitpad {

class EpochModel;

/// The epochs of a run as a table: losses, validation accuracy and time, the best one marked.
class EpochTable : public QTableView
{
    Q_OBJECT

public:
    explicit EpochTable(QWidget* parent = nullptr);

    void clear();
    /// Scrolls along while the last row is in sight.
    void add(const EpochMetrics& metrics);

private:
    EpochModel* m_epochs;
};

} // namespace digitpad
